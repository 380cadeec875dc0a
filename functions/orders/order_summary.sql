-- order_summary: an order, or a cart before it is one, as a text to send to the shop.
--
-- Gives   the text, with lines, catalogue numbers, prices, total and alias; link: the same as a message to the location's number
--         (null: it has none)
-- Raises  RS108 no such order, or it is not yours · RS105 no cart, or nothing in it · RS104 no such location
--         RS601 nobody is signed in, and no device is named · RS205 not a language, or the device is named too short
-- Locks   the member's name
-- Notes   p_order null: of the cart at p_location, at the prices of this moment (what cannot be had now is said so, and not in the
--         total), or, where nothing is in it, of what its checkouts set aside; of an order at those that were paid: what was taken back since is said, and not in the total. Operators see every
--         order, as does a database role that is one, and who names a device those that came out of its cart and are nobody's.
--         p_language: en or es; null: that of the session
create or replace function apartado.order_summary(
  p_member          text,
  p_order           bigint default null,
  p_location        text default null,
  p_language        text default null,
  p_device          text default null,
  p_idempotency_key text default null,
  out order_id      bigint,
  out location      text,
  out language      text,
  out text          text,
  out link          text,
  out totals        jsonb,
  out server_time   timestamptz
)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_who     record;
  v_request jsonb := jsonb_build_array(p_order, p_location, p_language, p_device);
  v_answer  jsonb;
  v_order   jsonb;
begin
  perform apartado._check_language(p_language);
  if p_order is not null and p_member is null and p_device is null and apartado._operator_role() is not null then
    select null::bigint as member_id, null::bytea as device_hash, apartado._operator_role() as owner, true as sees_all into v_who;
  else
    select o.*, false as sees_all into v_who from apartado._cart_owner(p_member, p_device, true) o;
  end if;
  v_answer := apartado._recall(v_who.owner, p_idempotency_key, 'order_summary', v_request);
  if v_answer is null then
    v_order := case when p_order is null
                    then apartado._cart_to_tell(v_who.member_id, v_who.device_hash, p_location)
                    else apartado._order_to_tell(v_who.member_id, apartado._hash(p_device), p_order, v_who.sees_all) end;
    language := coalesce(p_language, apartado._language());
    text := apartado._summary(v_order, language);
    v_answer := jsonb_build_object(
      'order_id', p_order, 'location', v_order ->> 'location', 'language', language, 'text', text,
      'link', 'https://wa.me/' || (v_order ->> 'phone') || '?text=' || apartado._url_encoded(text),
      'totals', v_order -> 'totals', 'server_time', apartado.clock());
    perform apartado._remember(v_who.owner, p_idempotency_key, 'order_summary', v_request, v_answer);
  end if;

  select * into order_id, location, language, text, link, totals, server_time
    from jsonb_to_record(v_answer) as (
      order_id bigint, location text, language text, text text, link text, totals jsonb, server_time timestamptz);
end;
$$;

comment on function apartado.order_summary(text, bigint, text, text, text, text) is 'An order, or a cart before it is one, as a text to send to the shop. Example: select * from apartado.order_summary(''ana'', 1, p_language => ''es'')';

grant execute on function apartado.order_summary to apartado_api, apartado_operator;
