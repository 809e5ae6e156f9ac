"""The desk of year sheets: lists, one sheet, what stands behind a number."""
