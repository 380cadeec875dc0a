select plan(16);
create temporary table got as
select * from apartado.put_items(null, '[
  {"sku": "good", "title": "T"},
  {"title": "T"},
  {"sku": "x1"},
  {"sku": "x2", "title": "T", "colour": "red"},
  {"sku": "x3", "title": "T", "price": -1},
  {"sku": "x4", "title": "T", "price": "cheap"},
  {"sku": "x5", "title": "T", "currency": "XYZ"},
  {"sku": "x6", "title": "T", "year": 999},
  {"sku": "x7", "title": "T", "quantity": 1.5},
  {"sku": "x8", "title": "T", "location": "nowhere"},
  {"sku": "x9", "title": "T", "policy": "nothing"},
  {"sku": "y1", "title": "T", "videos": [{"url": "javascript:alert(1)"}]},
  {"sku": "y2", "title": "T", "artists": [{"name": "A", "age": 3}]},
  {"sku": "y3", "title": "T", "visible": "maybe"},
  {"sku": "y4", "title": "T", "styles": "House"},
  {"sku": "last", "title": "T"}]');
select is((select array_agg(number order by number) from got where outcome = 'inserted'), '{1,16}', 'the good ones are taken');
select alike((select reason from got where number = 2), 'RS205 sku: %', 'no sku');
select alike((select reason from got where number = 3), 'RS205 title: A value is missing.', 'no title');
select alike((select reason from got where number = 4), 'RS205 colour: %', 'a field that is not known');
select alike((select reason from got where number = 5), 'RS204 price: %', 'a negative price');
select alike((select reason from got where number = 6), 'RS205 price: % (expected: amount, value: cheap)', 'a price that is none');
select alike((select reason from got where number = 7), 'RS205 currency: % (currency: XYZ, expected: code of ISO 4217)', 'a currency that is none');
select alike((select reason from got where number = 8), 'RS204 year: %', 'a year out of range');
select alike((select reason from got where number = 9), 'RS205 quantity: %', 'half a unit');
select alike((select reason from got where number = 10), 'RS104 location: There is no such location. (location: nowhere)', 'no such location');
select alike((select reason from got where number = 11), 'RS205 policy: There is no such policy. (policy: nothing)', 'no such policy');
select alike((select reason from got where number = 12), 'RS205 videos: %', 'an address that is not of the web');
select alike((select reason from got where number = 13), 'RS205 artists: %', 'an artist with a part that is not known');
select alike((select reason from got where number = 14), 'RS205 visible: %', 'neither true nor false');
select alike((select reason from got where number = 15), 'RS205 styles: %', 'what is no list');
select is((select count(*) from apartado.items), 2::bigint, 'nothing of the refused ones is there');
