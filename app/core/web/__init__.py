"""The edge between browser and house: policies, form tokens, headers, error pages, paging."""
