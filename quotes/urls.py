"""Addresses of the readers' pages."""

from django.urls import path

from quotes.views import about, events, home, quotes, sitemaps, speakers, topics

urlpatterns = [
    path("", home.home, name="home"),
    path("events/", events.event_list, name="event_list"),
    path("events/<slug:slug>/", events.event_detail, name="event_detail"),
    path("speakers/", speakers.speaker_list, name="speaker_list"),
    path("speakers/<slug:slug>/", speakers.speaker_detail, name="speaker_detail"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("quotes/", quotes.quote_list, name="quote_list"),
    path("quotes/<slug:slug>/", quotes.quote_detail, name="quote_detail"),
    path("about/", about.about, name="about"),
    path("robots.txt", about.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
]
