-- _refresh_search: makes the search words of items anew.
--
-- Notes   writes only where they differ: artists and labels that go in together are one write
create or replace function apartado._refresh_search(p_item_ids bigint[])
  returns void
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  update apartado.items i
     set search = f.search
    from (
      select o.item_id, apartado._search_of(o) as search
        from apartado.items o
       where o.item_id = any (p_item_ids)
    ) f
   where i.item_id = f.item_id
     and i.search <> f.search;
$$;

comment on function apartado._refresh_search(bigint[]) is 'Makes the search words of items anew.';
