-- repair: make right what check_consistency finds wrong, where counting anew or serving who is next makes it right.
--
-- Gives   a row for each breach: rule, subject, found, expected; outcome: repaired, would_be_repaired (p_dry_run), still_there, or
--         by_hand where two rows contradict each other and only people can say which is right; what was done, or is to be done
-- Raises  RS205 p_dry_run is null, or a reason that is blank or of more than 500 characters
-- Locks   all stock rows of the items concerned and those where a wish concerned stands, by id, then the wishes there, by id
-- Tells   what follows when people are served; item.changed with the reason, or 'repair', for each stock row that was counted anew
-- Notes   counted again under the lock, so it may run beside everything else. A dry run writes nothing. What is held is never
--         taken away: where more is held and sold than there is, the total grows to what it must be
create or replace function apartado.repair(p_actor text, p_dry_run boolean default true, p_reason text default null, p_idempotency_key text default null)
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    outcome  text,
    action   text
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
  set standard_conforming_strings = on
as $$
#variable_conflict use_column
declare
  v_owner     text := apartado._acting_operator(p_actor);
  v_request   jsonb := jsonb_build_array(p_dry_run, p_reason);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'repair', v_request);
  v_breaches  jsonb;
  v_left      jsonb := '[]';
  v_wish_ids  bigint[];
  v_stock_ids bigint[];
  v_beside    bigint[];
begin
  if v_answer is null then
    if p_dry_run is null then
      perform apartado._refuse('RS205', 'dry_run', jsonb_build_object('expected', 'true, false'));
    elsif p_reason is not null then
      perform apartado._check_reason(p_reason);
    end if;
    v_breaches := (select coalesce(jsonb_agg(to_jsonb(b) order by b.ordinal), '[]') from apartado._breaches() b);

    if not p_dry_run and v_breaches <> '[]' then
      v_wish_ids := array(
        select substring(b.value ->> 'subject' from '^wish (\d+)')::bigint
          from jsonb_array_elements(v_breaches) b
         where b.value ->> 'mends' = 'wish');
      v_stock_ids := array(
        select distinct (b.value ->> 'stock_id')::bigint
          from jsonb_array_elements(v_breaches) b
         where b.value ->> 'mends' = 'stock');
      v_beside := array(
        select distinct q.stock_id
          from apartado.queue_entries q
         where q.wish_id = any (v_wish_ids) and q.status in ('waiting', 'offered', 'suspended') and q.stock_id <> all (v_stock_ids));
      -- lock order: stock rows before wishes. Wishes are closed before anybody is served, or one would be fulfilled twice
      perform apartado._lock_stocks(v_beside || array(
        select o.stock_id from apartado.stock s join apartado.stock o on o.item_id = s.item_id where s.stock_id = any (v_stock_ids)));
      perform apartado._repair_wishes(v_wish_ids);
      perform apartado._repair_stocks(v_stock_ids, p_reason);
      perform apartado._settle_all(v_beside, apartado.clock());
      v_left := (select coalesce(jsonb_agg(to_jsonb(b)), '[]') from apartado._breaches() b);
    end if;

    v_answer := (
      select coalesce(jsonb_agg(jsonb_build_object(
               'ordinal', b.ordinal, 'rule', b.rule, 'subject', b.subject, 'found', b.found, 'expected', b.expected,
               'outcome', case when b.mends is null then 'by_hand'
                               when p_dry_run then 'would_be_repaired'
                               when v_left @> jsonb_build_array(jsonb_build_object('rule', b.rule, 'subject', b.subject)) then 'still_there'
                               else 'repaired' end,
               'action', case b.mends when 'stock' then 'count the stock row anew, and serve who is next'
                                      when 'wish' then 'close the wish' else b.repair end)), '[]')
        from jsonb_to_recordset(v_breaches) as b (
          ordinal bigint, rule text, subject text, found text, expected text, repair text, mends text));
    perform apartado._remember(v_owner, p_idempotency_key, 'repair', v_request, v_answer);
  end if;

  return query
  select a.rule, a.subject, a.found, a.expected, a.outcome, a.action
    from jsonb_to_recordset(v_answer) as a (
           ordinal bigint, rule text, subject text, found text, expected text, outcome text, action text)
   order by a.ordinal;
end;
$$;

comment on function apartado.repair(text, boolean, text, text) is 'Make right what check_consistency finds wrong, where counting anew or serving who is next makes it right. Example: select * from apartado.repair(null)';

grant execute on function apartado.repair to apartado_api, apartado_operator;
