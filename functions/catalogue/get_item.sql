-- get_item: one item, with what it is to the caller now.
--
-- Gives   the fields of get_status at main (where it is not kept there: at the first location that keeps it) and the
--         fields of the item. admin_notes is null for all but operators
-- Raises  RS101 no such item, or hidden from the caller
create or replace function apartado.get_item(
  p_member              text,
  p_item                bigint,
  out item_id           bigint,
  out location          text,
  out status            text,
  out available         integer,
  out reserved          integer,
  out sold              integer,
  out queue_length      integer,
  out my_reservation_id bigint,
  out my_quantity       integer,
  out my_expires_at     timestamptz,
  out my_position       bigint,
  out in_cart           boolean,
  out actions           text[],
  out version           bigint,
  out server_time       timestamptz,
  out sku               text,
  out title             text,
  out price             numeric,
  out currency          text,
  out condition         text,
  out sleeve_condition  text,
  out artists           jsonb,
  out labels            jsonb,
  out styles            text[],
  out genres            text[],
  out year              integer,
  out country           text,
  out tracklist         jsonb,
  out videos            jsonb,
  out images            jsonb,
  out notes             text,
  out admin_notes       text,
  out visible           boolean,
  out for_sale          boolean,
  out needs_audio       boolean,
  out policy            text,
  out parent            text,
  out cms_id            text
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id bigint := apartado._viewer_id(p_member);
begin
  select t.item_id, t.location, t.status, t.available, t.reserved, t.sold, t.queue_length, t.my_reservation_id, t.my_quantity,
         t.my_expires_at, t.my_position, t.in_cart, t.actions, t.version, t.server_time,
         r.sku, r.title, r.price, r.currency, r.condition, r.sleeve_condition, r.artists, r.labels, r.styles, r.genres,
         r.year, r.country, r.tracklist, r.videos, r.images, r.notes,
         case when apartado._is_operator(v_viewer_id) then r.admin_notes end,
         r.visible, r.for_sale, r.needs_audio, r.policy, r.parent, r.cms_id
    into item_id, location, status, available, reserved, sold, queue_length, my_reservation_id, my_quantity,
         my_expires_at, my_position, in_cart, actions, version, server_time,
         sku, title, price, currency, condition, sleeve_condition, artists, labels, styles, genres,
         year, country, tracklist, videos, images, notes, admin_notes,
         visible, for_sale, needs_audio, policy, parent, cms_id
    from apartado._statuses(v_viewer_id, apartado._stock_ids(array[p_item], null), apartado.clock()) t
    join apartado._item_records(array[p_item]) r on r.item_id = t.item_id
   order by t.location <> 'main', t.stock_id
   limit 1;

  if item_id is null then
    perform apartado._refuse('RS101', 'item', jsonb_build_object('item', p_item));
  end if;
end;
$$;

comment on function apartado.get_item(text, bigint) is 'One item, with what it is to the caller now. Example: select * from apartado.get_item(null, 1)';

grant execute on function apartado.get_item to apartado_api, apartado_operator;
