-- set_visibility: hide an item from everybody, or show it again, with the reason.
--
-- Gives   whether it is visible now; holders: members who hold some of it, and go on holding it; waiting: those who keep
--         their place; promoted: how many were served because of it
-- Raises  RS101 no such item · RS205 no reason, or neither true nor false
-- Locks   the item's stock rows by id, the wishes there by id, then the item
-- Tells   item.hidden or item.changed, through triggers/items.sql, the reason to operators; what follows when people are served
-- Notes   while it is hidden only operators and its holders know it, and nobody is served. Who holds it goes on, may confirm
--         and cancel; who waits keeps the place, may leave, and is served when it is shown again. Settles before it hides:
--         what was due before belongs to those who waited for it. To say what is so already changes nothing
create or replace function apartado.set_visibility(
  p_actor           text,
  p_item            bigint,
  p_visible         boolean,
  p_reason          text,
  p_idempotency_key text default null,
  out item_id       bigint,
  out visible       boolean,
  out holders       integer,
  out waiting       integer,
  out promoted      integer,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner     text := apartado._acting_operator(p_actor);
  v_request   jsonb := jsonb_build_array(p_item, p_visible, p_reason);
  v_answer    jsonb := apartado._recall(v_owner, p_idempotency_key, 'set_visibility', v_request);
  v_stock_ids bigint[];
begin
  if v_answer is null then
    perform apartado._check_reason(p_reason);
    if p_visible is null then
      perform apartado._refuse('RS205', 'visible', jsonb_build_object('expected', 'true, false'));
    end if;
    perform apartado._check_item(p_item);

    v_stock_ids := apartado._stock_ids(array[p_item], null);
    perform apartado._lock_stocks(v_stock_ids);
    server_time := apartado.clock();
    promoted := (select f.promoted from apartado._settle_all(v_stock_ids, server_time) f);
    perform apartado._show(p_item, p_visible, p_reason, server_time);
    promoted := promoted + (select f.promoted from apartado._settle_all(v_stock_ids, server_time) f);

    v_answer := jsonb_build_object(
      'item_id', p_item, 'visible', p_visible,
      'holders', (select count(distinct r.member_id) from apartado.reservations r where r.stock_id = any (v_stock_ids) and r.status = 'active'),
      'waiting', (select coalesce(sum(s.queue_length), 0) from apartado.stock s where s.stock_id = any (v_stock_ids)),
      'promoted', promoted, 'server_time', server_time);
    perform apartado._remember(v_owner, p_idempotency_key, 'set_visibility', v_request, v_answer);
  end if;

  select * into item_id, visible, holders, waiting, promoted, server_time
    from jsonb_to_record(v_answer) as (
      item_id bigint, visible boolean, holders integer, waiting integer, promoted integer, server_time timestamptz);
end;
$$;

comment on function apartado.set_visibility(text, bigint, boolean, text, text) is 'Hide an item from everybody, or show it again, with the reason. Example: select * from apartado.set_visibility(null, 1, false, ''it is being repaired'')';

grant execute on function apartado.set_visibility to apartado_api, apartado_operator;
