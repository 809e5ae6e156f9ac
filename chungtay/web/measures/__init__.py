"""The desk of measures: the deprivation profile of a place, its households, its years."""
