"""The desk of the ordinary papers: written from the data, issued once, kept with their scan."""
