"""Addresses of the readers' pages, in every language."""

from django.urls import path

from quotes.views import about, events, home, preview, quotes, speakers, topics

urlpatterns = [
    path("", home.home, name="home"),
    path("events/", events.event_list, name="event_list"),
    path("events/<slug:slug>/", events.event_detail, name="event_detail"),
    path(
        "events/<slug:event>/<slug:source>/<slug:section>/",
        events.section_detail,
        name="section_detail",
    ),
    path("speakers/", speakers.speaker_list, name="speaker_list"),
    path("speakers/<slug:slug>/", speakers.speaker_detail, name="speaker_detail"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("quotes/", quotes.quote_list, name="quote_list"),
    path("quotes.csv", quotes.quote_table, name="quote_table"),
    path("suggestions/", quotes.suggestions, name="suggestions"),
    path("quotes/<slug:slug>/", quotes.quote_detail, name="quote_detail"),
    path("preview/events/<slug:slug>/", preview.event_preview, name="event_preview"),
    path(
        "preview/events/<slug:event>/<slug:source>/<slug:section>/",
        preview.section_preview,
        name="section_preview",
    ),
    path("preview/quotes/<slug:slug>/", preview.quote_preview, name="quote_preview"),
    path("about/", about.about, name="about"),
]
