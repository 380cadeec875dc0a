-- _wanted: whether somebody else waits for a stock row who may be served.
--
-- Notes   suspended and barred entries, and those that are not needed any more, want nothing now.
--         p_served: entries that the next settling serves
create or replace function apartado._wanted(p_stock_id bigint, p_member_id bigint, p_now timestamptz, p_served bigint[] default '{}')
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
      from apartado.servable_entries q
     where q.stock_id = p_stock_id
       and q.member_id <> p_member_id
       and (q.needed_until is null or q.needed_until > p_now)
       and q.queue_entry_id <> all (p_served)
  );
end;
$$;

comment on function apartado._wanted(bigint, bigint, timestamptz, bigint[]) is 'Whether somebody else waits for a stock row who may be served.';
