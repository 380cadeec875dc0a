select plan(9);
select * from apartado.put_items(null, '[{
  "sku": "a", "title": " Début ", "price": "12.5", "currency": "eur", "quantity": 3, "condition": "Near Mint (NM or M-)",
  "sleeve_condition": "Generic", "artists": [{"name": "Björk"}, "Other"], "labels": [{"name": "One", "catno": "TPLP31"}, "Two"],
  "styles": ["House"], "genres": ["Electronic", "Pop"], "year": "1993", "country": "UK",
  "tracklist": [{"position": "A1", "title": "Human Behaviour", "duration": "4:12"}, {"position": "A2"}],
  "videos": [{"url": "https://example.org/v", "title": "clip"}], "images": [{"url": "http://example.org/i", "role": "primary"}],
  "notes": "n", "admin_notes": "secret", "cms_id": "cms-1", "visible": true, "for_sale": false, "needs_audio": true, "policy": "default"}]');
select tests.member('boss', true);
create temporary view got as select * from apartado.get_item('boss', apartado.item_id('a'));
select results_eq(
  $$ select title, price::text, currency, condition, sleeve_condition, year, country from got $$,
  $$ values ('Début', '12.50', 'EUR', 'Near Mint (NM or M-)', 'Generic', 1993, 'UK') $$,
  'texts are trimmed, the currency is in capitals, the price has its digits, a number may be a text');
select is((select artists from got), '[{"name": "Björk"}, {"name": "Other"}]', 'artists, also as bare names');
select is((select labels from got), '[{"name": "One", "catno": "TPLP31"}, {"name": "Two", "catno": null}]', 'labels');
select results_eq($$ select styles, genres from got $$, $$ values ('{House}'::text[], '{Electronic,Pop}'::text[]) $$, 'styles and genres');
select is((select tracklist from got), '[{"position": "A1", "title": "Human Behaviour", "duration": "4:12"}, {"position": "A2", "title": null, "duration": null}]', 'tracklist');
select is((select videos from got), '[{"url": "https://example.org/v", "title": "clip"}]', 'videos');
select is((select images from got), '[{"url": "http://example.org/i", "role": "primary"}]', 'images');
select results_eq($$ select notes, admin_notes, cms_id, visible, for_sale, needs_audio, policy from got $$, $$ values ('n', 'secret', 'cms-1', true, false, true, 'default') $$, 'the rest');
select results_eq($$ select available, (select restock from apartado.items where sku = 'a') from got $$, $$ values (3, true) $$, 'three units, and more may come');
