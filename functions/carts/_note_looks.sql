-- _note_looks: notes which lines of carts may have news, because something happened to their stock rows.
--
-- Notes   from the numbered events since the last run, so many at a time; where some of them were dropped meanwhile, and the first
--         time, every line. A stock row that is noted and not begun is not noted again, so there are two notes of one at most.
--         The caller holds the row of cart_watch
create or replace function apartado._note_looks(p_limit integer)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_pos       bigint := (select w.pos from apartado.cart_watch w);
  v_head      record;
  v_newest    bigint;
  v_stock_ids bigint[];
begin
  select * into v_head from apartado.event_head();
  if v_pos is null or v_pos < v_head.oldest then
    v_newest := v_head.pos;
    v_stock_ids := array(select distinct l.stock_id from apartado.cart_lines l where l.reservation_id is null);
  else
    select max(e.pos), array_agg(distinct e.stock_id) filter (where e.stock_id is not null)
      into v_newest, v_stock_ids
      from (select n.pos, n.stock_id from apartado.events n where n.pos > v_pos order by n.pos limit p_limit) e;
  end if;
  if v_newest is null then
    return; -- nothing happened
  end if;

  insert into apartado.cart_looks (stock_id)
  select u.stock_id
    from unnest(v_stock_ids) u (stock_id)
   -- limit 1: one index probe for each stock row, however many lines it is in
   cross join lateral (select from apartado.cart_lines l where l.stock_id = u.stock_id and l.reservation_id is null limit 1) l
   where not exists (select from apartado.cart_looks k where k.stock_id = u.stock_id and k.cart_id is null and k.after_cart = 0)
   order by u.stock_id;
  update apartado.cart_watch w set pos = v_newest;
end;
$$;

comment on function apartado._note_looks(integer) is 'Notes which lines of carts may have news, because something happened to their stock rows.';
