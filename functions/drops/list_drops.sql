-- list_drops: the drops that are upcoming, live or ended by the clock of the database.
--
-- Gives   each drop with its times, its items that the caller may see, the units of those as they truly are, when the next
--         wave comes, and recent_buyers, the latest three sales: item_id, bought_at, quantity, display_name (null without
--         the buyer's consent); seed_hash, where the order is drawn by lot, and seed, once it was drawn (verify_lottery).
--         server_time is what a countdown goes by
-- Raises  RS205 p_phase
-- Notes   p_phase null: all. A drop whose items are all hidden is shown to operators only. closes_at null: never.
create or replace function apartado.list_drops(p_member text, p_phase text default null)
  returns table (
    drop_id       bigint,
    title         text,
    phase         text,
    opens_at      timestamptz,
    closes_at     timestamptz,
    items         bigint[],
    available     bigint,
    reserved      bigint,
    sold          bigint,
    next_wave_at  timestamptz,
    recent_buyers jsonb,
    seed_hash     text,
    seed          text,
    server_time   timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
  v_operator  boolean := apartado._is_operator(v_viewer_id);
  v_now       timestamptz := apartado.clock();
begin
  if p_phase not in ('upcoming', 'live', 'ended') then
    perform apartado._refuse('RS205', 'phase', jsonb_build_object('expected', 'upcoming, live, ended'));
  end if;

  return query
  select d.drop_id, d.title, apartado._phase(d.opens_at, d.closes_at, v_now), d.opens_at, nullif(d.closes_at, 'infinity'),
         coalesce(t.items, '{}'), coalesce(t.available, 0), coalesce(t.reserved, 0), coalesce(t.sold, 0),
         (select min(w.due_at)
            from apartado.waves w
           where w.stock_id = any (t.stock_ids) and w.released_at is null and w.due_at > v_now),
         (select coalesce(jsonb_agg(jsonb_build_object('item_id', b.item_id, 'bought_at', apartado._utc(b.bought_at),
                                                       'quantity', b.quantity, 'display_name', b.display_name)
                                    order by b.bought_at desc, b.purchase_id desc), '[]')
            from apartado._buyers(t.items, 3) b),
         y.seed_hash, case when y.drawn_at is not null then y.seed end,
         v_now
    from apartado.drops d
    left join apartado.lotteries y on y.drop_id = d.drop_id
   cross join lateral (
      select array_agg(distinct x.item_id order by x.item_id) as items, array_agg(x.stock_id) as stock_ids,
             sum(x.available) as available, sum(x.reserved) as reserved, sum(x.sold) as sold
        from apartado._statuses(v_viewer_id, array(select s.stock_id from apartado.stock s where s.drop_id = d.drop_id), v_now) x) t
   where (p_phase is null or apartado._phase(d.opens_at, d.closes_at, v_now) = p_phase)
     and (v_operator or t.items is not null or not exists (select from apartado.items i where i.drop_id = d.drop_id))
   order by d.opens_at, d.drop_id;
end;
$$;

comment on function apartado.list_drops(text, text) is 'The drops that are upcoming, live or ended by the clock of the database. Example: select * from apartado.list_drops(''ana'', ''live'')';

grant execute on function apartado.list_drops to apartado_api, apartado_operator;
