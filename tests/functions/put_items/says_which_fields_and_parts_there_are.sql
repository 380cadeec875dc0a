select plan(7);
create function pg_temp.reason(p_fields text) returns text language sql as $$
  select reason from apartado.put_items(null, jsonb_build_array('{"sku": "a", "title": "A"}'::jsonb || p_fields::jsonb))
$$;
select is(pg_temp.reason('{"titel": "B"}'), 'RS205 titel: There is no such field. (known: '
  || array_to_string(array(select f.field from apartado._item_fields() f order by f.place), ', ') || ', value: B)', 'the fields');
select matches(pg_temp.reason(jsonb_build_object(repeat('x', 50000), 1)::text), '^RS205 x{100}: There is no such field', 'of a name that has no end, its beginning');
select is(pg_temp.reason('{"labels": [{"name": "x"}, {"name": "x", "cat_no": "B"}]}'),
  'RS205 labels: There is no such field. (known: name, catno, number: 2, part: cat_no, value: [{"name": "x"}, {"name": "x", "cat_no": "B"}])', 'the parts of a list, and which there is not');
select is(pg_temp.reason('{"artists": ["x", 7]}'), 'RS205 artists: A value is missing or malformed. (expected: object or text, number: 2, value: ["x", 7])', 'what an element is');
select is(pg_temp.reason('{"labels": [{"catno": "B"}]}'), 'RS205 labels: A value is missing or malformed. (expected: text, number: 1, part: name, value: [{"catno": "B"}])', 'a part that is needed');
select is(pg_temp.reason('{"images": [{"url": "javascript:1"}]}'),
  'RS205 images: A value is missing or malformed. (example: https://shop.example/blue, number: 1, part: url, value: [{"url": "javascript:1"}])', 'an address');
select is(pg_temp.reason('{"labels": [{"name": 5}]}'), 'RS205 labels: A value is missing or malformed. (expected: text, number: 1, part: name, value: [{"name": 5}])', 'a part of another kind');
