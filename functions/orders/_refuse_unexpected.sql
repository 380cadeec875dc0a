-- _refuse_unexpected: takes an order back that is not what its caller saw before.
--
-- Raises  RS205 no list of {item, quantity, price}, or a price that is no number · RS312 other items, units or prices than those, naming the first
-- Notes   prices are compared as numbers: 98, "98" and "98.00" are one price
create or replace function apartado._refuse_unexpected(p_lines jsonb, p_expected jsonb)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_other record;
begin
  if p_expected is null then
    return;
  elsif jsonb_typeof(p_expected) <> 'array' or exists (
    select
      from jsonb_array_elements(p_expected) e (line)
     where jsonb_typeof(e.line) <> 'object'
        or case when jsonb_typeof(e.line) = 'object' then array(select k from jsonb_object_keys(e.line) k order by k) end <> '{item,price,quantity}'
  ) then
    perform apartado._refuse('RS205', 'expected', '{"expected": "list of {item, quantity, price}"}');
  elsif exists (
    select
      from jsonb_array_elements(p_expected) e (line)
     where e.line -> 'price' <> 'null'
       and (apartado._read_number('number', e.line -> 'price', 0, 'infinity')).code is not null
  ) then
    perform apartado._refuse('RS205', 'expected', '{"field": "price", "expected": "number"}');
  end if;

  select coalesce(e.item, s.item) as item, e.quantity as expected, e.price as expected_price, s.quantity, s.price
    into v_other
    from (select l ->> 'item' as item, l ->> 'quantity' as quantity, l ->> 'price' as price from jsonb_array_elements(p_expected) l) e
    full join (select l ->> 'item_id' as item, sum((l ->> 'quantity')::integer)::text as quantity, min(l ->> 'price') as price
                 from jsonb_array_elements(p_lines) l
                group by 1) s on s.item = e.item
   where (s.item, s.quantity, s.price::numeric) is distinct from (e.item, e.quantity, e.price::numeric)
   order by 1
   limit 1;
  if found then
    perform apartado._refuse('RS312/expected', 'expected', jsonb_strip_nulls(jsonb_build_object(
      'item', left(v_other.item, 50), 'expected', left(coalesce(v_other.expected, '0'), 50), 'quantity', coalesce(v_other.quantity, '0'),
      'expected_price', left(v_other.expected_price, 50), 'price', v_other.price)));
  end if;
end;
$$;

comment on function apartado._refuse_unexpected(jsonb, jsonb) is 'Takes an order back that is not what its caller saw before.';
