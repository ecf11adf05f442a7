"""How the site is shared with others: for now, sitemaps."""
