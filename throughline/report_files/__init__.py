"""A report as files: the tables as CSV, XLSX and ODS, the charts as SVG and PNG; each says all that its page says."""
