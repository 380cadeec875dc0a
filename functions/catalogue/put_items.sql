-- put_items: write items into the catalogue: new ones are made, known ones (by sku) are changed.
--
-- Gives   one row for each item of the list, in its order: number (1, 2, 3 …), sku, item_id,
--         outcome (inserted, updated, unchanged, refused), reason of a refusal
-- Raises  RS205 p_items is no list of objects, or longer than 1,000; a reason that is blank or of more than 500
--         characters · RS310 the key was used for another request
-- Locks   a gate of the rules (who changes a policy comes before, or waits and finds the new items), new skus in their
--         order, the stock rows of changed items by id, the wishes of those who wait there
-- Tells   item.changed and stock.changed, with the reason to operators, and, where more units
--         meet people who wait, queue.promoted
-- Notes   a refused item stops no other; refused is also who would come under policies that cannot hold together. A field that
--         is left out stays as it is, null empties it.
--         quantity is the total at the location: free, set aside and sold. Open reservations are never touched
create or replace function apartado.put_items(
  p_actor           text,
  p_items           jsonb,
  p_idempotency_key text default null,
  p_reason          text default null
)
  returns table (
    number  integer,
    sku     text,
    item_id bigint,
    outcome text,
    reason  text
  )
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_items, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'put_items', v_request);
  v_rows    jsonb;
  v_new     jsonb;
  v_refused jsonb;
  v_made    text[];
  v_changed jsonb;
begin
  if v_answer is null then
    perform apartado._check_items(p_items);

    select jsonb_agg(to_jsonb(r)) into v_rows from apartado._read_items(p_items) r;
    perform apartado._pass_gate();
    v_new := jsonb_path_query_array(v_rows, '$[*] ? (@.code == null && @.item_id == null).item');
    v_refused := apartado._item_clashes(v_new);
    perform apartado._say_why(p_reason);
    v_made := apartado._insert_items(
      (select jsonb_agg(n.item) from jsonb_array_elements(v_new) n (item) where not v_refused ? (n.item ->> 'sku')), apartado.clock());
    perform apartado._say_why(null);
    v_changed := apartado._change_items(
      (select jsonb_agg(r -> 'item')
         from jsonb_array_elements(v_rows) r
        where r ->> 'code' is null and not r ->> 'sku' = any (v_made) and not v_refused ? (r ->> 'sku')), p_reason);
    v_answer := apartado._items_answer(v_rows, v_made, v_refused || v_changed);

    perform apartado._remember(v_owner, p_idempotency_key, 'put_items', v_request, v_answer);
  end if;

  return query
    select a.number, a.sku, a.item_id, a.outcome, a.reason
      from jsonb_to_recordset(v_answer) as a (number integer, sku text, item_id bigint, outcome text, reason text)
     order by a.number;
end;
$$;

comment on function apartado.put_items(text, jsonb, text, text) is 'Write items into the catalogue: new ones are made, known ones (by sku) are changed. Example: select * from apartado.put_items(null, ''[{"sku": "lp-2", "title": "Kind of Blue", "price": "30"}]'')';

grant execute on function apartado.put_items to apartado_api, apartado_operator;
