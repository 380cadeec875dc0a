select plan(9);
insert into apartado.locations (code, name) values ('shop2', 'Second');
select * from apartado.put_items(null, (
  select jsonb_agg(jsonb_build_object('sku', n::text, 'title', 'Title ' || n % 3, 'price', nullif(n % 4, 0), 'year', nullif(1990 + n % 2, 1990)))
    from generate_series(1, 23) n));
select * from apartado.put_items(null, (select jsonb_agg(jsonb_build_object('sku', n::text, 'location', 'shop2')) from generate_series(5, 9) n));
create function pg_temp.walk(p_sort text) returns text language plpgsql as $$
declare
  v_cursor text;
  v_all    text[] := '{}';
  v_page   text[];
begin
  loop
    select array_agg(f.sku || f.location order by f.place), max(f.cursor) filter (where f.place = 4)
      into v_page, v_cursor
      from (select row_number() over () as place, i.* from apartado.find_items(p_sort => p_sort, p_after => v_cursor, p_limit => 4) i) f;
    v_all := v_all || coalesce(v_page, '{}');
    exit when v_cursor is null;
  end loop;
  return array_to_string(v_all, ' ');
end;
$$;
select is(pg_temp.walk('newest'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => 'newest', p_limit => 200)), 'newest');
select is(pg_temp.walk('oldest'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => 'oldest', p_limit => 200)), 'oldest');
select is(pg_temp.walk('title'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => 'title', p_limit => 200)), 'title');
select is(pg_temp.walk('-title'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => '-title', p_limit => 200)), '-title');
select is(pg_temp.walk('price'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => 'price', p_limit => 200)), 'price');
select is(pg_temp.walk('-price'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => '-price', p_limit => 200)), '-price');
select is(pg_temp.walk('year'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => 'year', p_limit => 200)), 'year');
select is(pg_temp.walk('-year'), (select string_agg(sku || location, ' ') from apartado.find_items(p_sort => '-year', p_limit => 200)), '-year');
select is((select count(*) from apartado.find_items(p_limit => 200)), 28::bigint, 'all of them are in one page that is long enough');
