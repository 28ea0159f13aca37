"""Plain pages to do by hand what people do in the vendor's screens: lists, records, forms and a few buttons."""
