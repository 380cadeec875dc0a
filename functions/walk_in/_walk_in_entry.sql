-- _walk_in_entry: the entry with which a cart waits in front of its location.
--
-- Gives   the entry; all null where it does not wait
create or replace function apartado._walk_in_entry(p_cart_id bigint)
  returns apartado.walk_in_entries
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_entry apartado.walk_in_entries;
begin
  select w.* into v_entry
    from apartado.walk_in_entries w
   where w.cart_id = p_cart_id and w.status = 'waiting';

  return v_entry;
end;
$$;

comment on function apartado._walk_in_entry(bigint) is 'The entry with which a cart waits in front of its location.';
