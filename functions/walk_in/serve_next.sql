-- serve_next: call who stands first in the line in front of a location.
--
-- Gives   their entry, who they are (alias null: a device without anybody), their cart with its lines and totals, and how many
--         still wait; all but location and waiting null: nobody waits
-- Raises  RS104 no such location · RS205 a reason that is blank or of more than 500 characters · RS601, RS602 not an operator
-- Locks   the line: of two tills the second waits, and calls the next
-- Tells   walk_in.served, to its member, and with the reason to operators
-- Notes   who is barred is passed over, and keeps the place. What is in the cart is sold with place_order(p_cart), with p_lines
--         for what they brought to the till
create or replace function apartado.serve_next(
  p_actor              text,
  p_location           text default null,
  p_idempotency_key    text default null,
  p_reason             text default null,
  out walk_in_entry_id bigint,
  out cart_id          bigint,
  out location         text,
  out ticket           bigint,
  out alias            text,
  out lines            jsonb,
  out totals           jsonb,
  out waiting          bigint,
  out server_time      timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_owner   text := apartado._acting_operator(p_actor);
  v_request jsonb := jsonb_build_array(p_location, p_reason);
  v_answer  jsonb := apartado._recall(v_owner, p_idempotency_key, 'serve_next', v_request);
  v_queue   apartado.walk_in_queues;
  v_entry   apartado.walk_in_entries;
  v_cart    apartado.carts;
  v_now     timestamptz;
begin
  if v_answer is null then
    v_queue := apartado._lock_walk_in_queue(apartado._location_id(p_location));
    v_now := apartado.clock();
    perform apartado._say_why(p_reason);
    update apartado.walk_in_entries w
       set status = 'served', closed_at = v_now
     where w.location_id = v_queue.location_id
       and w.status = 'waiting'
       and w.ticket = (select min(x.ticket)
                         from apartado.walk_in_entries x
                         join apartado.carts c on c.cart_id = x.cart_id
                         left join apartado.members m on m.member_id = c.member_id
                        where x.location_id = v_queue.location_id and x.status = 'waiting' and m.barred_at is null)
    returning w.* into v_entry;
    perform apartado._say_why(null);
    select c.* into v_cart from apartado.carts c where c.cart_id = v_entry.cart_id;

    v_answer := case when v_cart.cart_id is not null then apartado._cart_answer(v_cart, v_now) else '{}' end
                || jsonb_build_object(
                     'walk_in_entry_id', v_entry.walk_in_entry_id, 'ticket', v_entry.ticket, 'server_time', v_now,
                     'location', (select l.code from apartado.locations l where l.location_id = v_queue.location_id),
                     'alias', (select m.alias from apartado.members m where m.member_id = v_cart.member_id),
                     'waiting', (select count(*) from apartado.walk_in_entries x
                                  where x.location_id = v_queue.location_id and x.status = 'waiting'));
    perform apartado._remember(v_owner, p_idempotency_key, 'serve_next', v_request, v_answer);
  end if;

  select * into walk_in_entry_id, cart_id, location, ticket, alias, lines, totals, waiting, server_time
    from jsonb_to_record(v_answer) as (
      walk_in_entry_id bigint, cart_id bigint, location text, ticket bigint, alias text, lines jsonb, totals jsonb, waiting bigint,
      server_time timestamptz);
end;
$$;

comment on function apartado.serve_next(text, text, text, text) is 'Call who stands first in the line in front of a location. Example: select * from apartado.serve_next(null)';

grant execute on function apartado.serve_next to apartado_api, apartado_operator;
