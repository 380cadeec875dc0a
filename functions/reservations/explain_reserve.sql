-- explain_reserve: every reason why reserve would refuse now, at once.
--
-- Gives   a row per reason: the code of the refusal; what there is to know about it, with the sentence and the hint in the
--         caller's language; since when it is so, where that is known. No rows: reserve would do it
-- Raises  RS101 no such item, or hidden · RS104 not kept at that location · RS205 no item was named
-- Notes   asks _refusals, as reserve does, about the row as it will be once it is settled. What is true now may be over when
--         reserve is called
create or replace function apartado.explain_reserve(
  p_member   text,
  p_item     bigint,
  p_quantity integer default 1,
  p_location text default null
)
  returns table (
    code  text,
    fact  jsonb,
    since timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint := apartado._viewer_id(p_member);
  v_member    apartado.members;
  v_stock     apartado.stock;
  v_now       timestamptz;
begin
  v_stock := apartado._visible_stock(p_item, p_location, v_member_id);
  v_now := apartado.clock();
  select m.* into v_member from apartado.members m where m.member_id = v_member_id;

  return query
  select left(r.code, 5), r.facts || jsonb_build_object('message', m.message, 'hint', m.hint), r.since
    from (select 1 as place, 'RS601' as code, '{}'::jsonb as facts, null::timestamptz as since
           where v_member_id is null
           union all
          select 2, 'RS604', jsonb_strip_nulls(jsonb_build_object('reason', v_member.barred_reason)), v_member.barred_at
           where v_member.barred_at is not null
           union all
          select 3, 'RS202', jsonb_build_object('quantity', p_quantity, 'smallest', 1), null
           where p_quantity is null or p_quantity < 1
           union all
          select 3 + w.ordinality, w.code, w.facts,
                 case left(w.code, 5) when 'RS302' then h.reserved_at when 'RS303' then h.joined_at when 'RS308' then v_stock.closes_at end
            from apartado._why_not(v_stock, v_member_id, v_member.class_id, greatest(p_quantity, 1), v_now) with ordinality w
            left join lateral (
              select (select r.reserved_at from apartado.reservations r
                       where r.stock_id = v_stock.stock_id and r.member_id = v_member_id and r.status = 'active') as reserved_at,
                     (select q.joined_at from apartado.queue_entries q
                       where q.stock_id = v_stock.stock_id and q.member_id = v_member_id
                         and q.status in ('waiting', 'offered', 'suspended')) as joined_at) h on true
         ) r
    join apartado.messages m on m.code = r.code and m.language = apartado._language()
   order by r.place;
end;
$$;

comment on function apartado.explain_reserve(text, bigint, integer, text) is 'Every reason why reserve would refuse now, at once. Example: select * from apartado.explain_reserve(''ben'', 1, 2)';

grant execute on function apartado.explain_reserve to apartado_api, apartado_operator;
