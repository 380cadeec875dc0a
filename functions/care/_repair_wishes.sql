-- _repair_wishes: closes wishes that were served and are open still.
--
-- Locks   the wishes, by id
-- Notes   their other places are dead from then on, and are written off with the next settling. The caller holds the stock rows where
--         the wishes stand, and settles them
create or replace function apartado._repair_wishes(p_wish_ids bigint[])
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- two repairs of wishes that have no place open hold no stock row in common, and an UPDATE takes rows as they lie
  perform w.wish_id
     from apartado.wishes w
    where w.wish_id = any (p_wish_ids)
    order by w.wish_id
      for no key update;

  update apartado.wishes w
     set closed_at = q.served_at
    from (select x.wish_id, max(coalesce(x.closed_at, x.served_at, apartado.clock())) as served_at
            from apartado.queue_entries x
           where x.wish_id = any (p_wish_ids) and x.status in ('promoted', 'offered')
           group by x.wish_id) q
   where w.wish_id = q.wish_id
     and w.closed_at is null;
end;
$$;

comment on function apartado._repair_wishes(bigint[]) is 'Closes wishes that were served and are open still.';
