"""How the site is shared with others: citations, sitemaps."""
