-- get_member: one person as the shop sees them, for operators: what they hold, wait for, bought, and have in their carts.
--
-- Gives   who they are; class: null for none; joined, last_seen_at (null: never signed in, or so long ago that it is forgotten),
--         barred_at with barred_reason;
--         reservations: the live ones, the nearest deadline first; entries: their open places, position null while they have an offer;
--         purchases: the latest twenty, undone: how many of the units were taken back; carts: the active ones, with what is in them;
--         identities: the other logins that are linked to them, the first first
-- Raises  RS601 nobody signed in · RS602 not an operator · RS103 no such member
-- Notes   says what is so once everything is settled. Whoever is barred is shown as well: the lists of their own refuse them
create or replace function apartado.get_member(
  p_actor           text,
  p_alias           text,
  out alias         text,
  out display_name  text,
  out language      text,
  out is_operator   boolean,
  out class         text,
  out joined        timestamptz,
  out last_seen_at  timestamptz,
  out barred_at     timestamptz,
  out barred_reason text,
  out reservations  jsonb,
  out entries       jsonb,
  out purchases     jsonb,
  out carts         jsonb,
  out identities    jsonb,
  out server_time   timestamptz
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_member_id bigint;
begin
  perform apartado._operator(p_actor);
  server_time := apartado.clock();
  select m.member_id, m.alias, m.display_name, m.language, m.is_operator, c.code, m.created_at, m.barred_at, m.barred_reason,
         (select max(s.last_seen_at) from apartado.sessions s where s.member_id = m.member_id)
    into v_member_id, alias, display_name, language, is_operator, class, joined, barred_at, barred_reason, last_seen_at
    from apartado.members m
    left join apartado.member_classes c on c.class_id = m.class_id
   where m.alias = apartado._canonical_alias(p_alias);
  if v_member_id is null then
    perform apartado._refuse('RS103', 'alias', jsonb_build_object('alias', left(p_alias, 100)));
  end if;

  select coalesce(jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject, 'linked_at', apartado._utc(i.linked_at))
                            order by i.linked_at, i.issuer, i.subject), '[]')
    into identities
    from apartado.identities i
   where i.member_id = v_member_id;
  reservations := apartado._held_by(v_member_id, server_time);
  entries := apartado._awaited_by(v_member_id, server_time);
  purchases := apartado._bought_by(v_member_id, 20);
  select coalesce(jsonb_agg(jsonb_build_object('cart_id', k.cart_id, 'location', l.code, 'lines', n.lines, 'units', n.units) order by k.cart_id), '[]')
    into carts
    from apartado.carts k
    join apartado.locations l on l.location_id = k.location_id
   cross join lateral (
     select count(*) as lines, coalesce(sum(i.quantity), 0) as units
       from apartado._cart_lines(k.cart_id, server_time) i
      where i.code is null) n
   where k.cart_id = any (array(select c.cart_id from apartado.carts c where c.member_id = v_member_id and c.status = 'active'));
end;
$$;

comment on function apartado.get_member(text, text) is 'One person as the shop sees them, for operators: what they hold, wait for, bought, and have in their carts. Example: select * from apartado.get_member(null, ''ana'')';

grant execute on function apartado.get_member to apartado_api, apartado_operator;
