select plan(5);
select * from apartado.put_items(null, '[
  {"sku": "r1", "title": "Canción del puerto", "artists": ["Björk", "Mr. James Barth & A.D."], "labels": [{"name": "Svek", "catno": "SK 026"}], "styles": ["Deep House"], "genres": ["Electronic"], "year": 1998, "country": "Sweden", "condition": "Very Good Plus (VG+)", "price": 20},
  {"sku": "-KL-1176", "title": "Blue Train", "artists": ["John Coltrane"], "labels": ["Blue Note"], "styles": ["Hard Bop"], "genres": ["Jazz"], "year": 1957, "country": "US", "condition": "VG", "price": 80},
  {"sku": "r3", "title": "Ángel azul", "artists": ["Trío Luz"], "styles": ["Hard Bop", "Bolero"], "genres": ["Jazz", "Latin"], "condition": "VG+"}]');
select results_eq($$ select sku from apartado.find_items(p_year_from => 1957, p_year_to => 1960) $$, array['-KL-1176'], 'both ends are in');
select results_eq($$ select sku from apartado.find_items(p_year_from => 1958) $$, array['r1'], 'what has no year is not in a range');
select results_eq($$ select sku from apartado.find_items(p_price_from => 20, p_price_to => 20) $$, array['r1'], 'price');
select results_eq($$ select sku from apartado.find_items(p_price_from => 0, p_sort => 'price') $$, array['r1', '-KL-1176'], 'what has no price is not in a range');
select is_empty($$ select sku from apartado.find_items(p_price_from => 5, p_price_to => 1) $$, 'an empty range');
