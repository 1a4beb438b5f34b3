"""Reports of findings: text for people, JSON, CSV, the reviewer's sheet as XLSX, SARIF for machines."""
