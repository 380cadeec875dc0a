-- _why_passed: each time that somebody behind an entry was served since it could have been, and why.
--
-- Gives   the newest hundred, the oldest of them first; how many units went past, never to whom
-- Notes   quantity: under the policy partial what was served, which may be less than was wanted, from the offer or else the
--         reservation as it now is; of an offer that was missed before, and under other policies, what was wanted.
--         A suspended entry was passed since it was suspended. One that could be served is passed only under the policy fit, by
--         whoever wanted less; otherwise its member was barred then
create or replace function apartado._why_passed(p_stock apartado.stock, p_entry apartado.queue_entries)
  returns table (
    code  text,
    fact  jsonb,
    since timestamptz
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_barred_at timestamptz := (select m.barred_at from apartado.members m where m.member_id = p_entry.member_id);
begin
  return query
  select 'passed', jsonb_build_object(
           'quantity', x.quantity, 'wanted', p_entry.quantity,
           'why', case when p_entry.status = 'suspended' then 'suspended'
                       when p_stock.fit = 'fit' and x.quantity < p_entry.quantity and (v_barred_at <= x.served_at) is not true then 'too_large'
                       else 'could_not_be_served' end), x.served_at
    from (select case when b.served_at <> q.served_at then q.quantity
                      when q.status = 'offered' then q.offered_quantity
                      when p_stock.fit = 'partial' then coalesce(r.quantity, q.quantity)
                      else q.quantity end as quantity, b.served_at, q.queue_entry_id
            from apartado.queue_entries q
            left join apartado.reservations r on r.member_id = q.member_id and r.queue_entry_id = q.queue_entry_id
           cross join lateral unnest(q.served_before || q.served_at, q.ranks_before || q.served_rank) b (served_at, rank)
           where q.stock_id = p_stock.stock_id
             and q.served_at >= p_entry.waiting_since
             and b.served_at >= p_entry.waiting_since
             and (q.priority, -b.rank) < (p_entry.priority, -p_entry.rank)
           order by q.served_at desc, b.served_at desc, q.queue_entry_id desc
           limit 100) x
   order by x.served_at, x.queue_entry_id;
end;
$$;

comment on function apartado._why_passed(apartado.stock, apartado.queue_entries) is 'Each time that somebody behind an entry was served since it could have been, and why.';
