-- find_items: search and browse the catalogue, with what each item is to the caller now.
--
-- Gives   a row per item and location, at most p_limit: the fields of the item and of get_status, and a cursor for
--         p_after of the next page. admin_notes is null for all but operators
-- Raises  RS104 no such location · RS204 p_limit not 1 to 200, p_query longer than 500 · RS205 no such p_sort or p_status,
--         p_after is no cursor of this order
-- Notes   p_query looks for words in sku, title, artists, labels, catalogue numbers and styles, whatever their accents
--         and capitals; the last word may be a beginning; "a phrase", or, -not.
--         p_artist, p_label, p_style, p_genre, p_country, p_condition are whole values, whatever accents and capitals.
--         p_parent is the family of variants (field parent of put_items), to the letter.
--         p_sort: newest (default), oldest, title, -title, price, -price, year, -year; - is falling; what has no price
--         or year comes last. Prices are compared as numbers, whatever their currency.
--         p_location null is every location
create or replace function apartado.find_items(
  p_member     text default null,
  p_query      text default null,
  p_artist     text default null,
  p_label      text default null,
  p_style      text default null,
  p_genre      text default null,
  p_year_from  integer default null,
  p_year_to    integer default null,
  p_country    text default null,
  p_condition  text default null,
  p_price_from numeric default null,
  p_price_to   numeric default null,
  p_status     text default null,
  p_location   text default null,
  p_sort       text default null,
  p_after      text default null,
  p_limit      integer default 50,
  p_parent     text default null
)
  returns table (
    item_id           bigint,
    location          text,
    status            text,
    available         integer,
    reserved          integer,
    sold              integer,
    queue_length      integer,
    my_reservation_id bigint,
    my_quantity       integer,
    my_expires_at     timestamptz,
    my_position       bigint,
    in_cart           boolean,
    actions           text[],
    version           bigint,
    server_time       timestamptz,
    sku               text,
    title             text,
    price             numeric,
    currency          text,
    condition         text,
    sleeve_condition  text,
    artists           jsonb,
    labels            jsonb,
    styles            text[],
    genres            text[],
    year              integer,
    country           text,
    tracklist         jsonb,
    videos            jsonb,
    images            jsonb,
    notes             text,
    admin_notes       text,
    visible           boolean,
    for_sale          boolean,
    needs_audio       boolean,
    policy            text,
    cursor            text,
    parent            text,
    cms_id            text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_viewer_id   bigint := apartado._viewer_id(p_member);
  v_sees_all    boolean := apartado._is_operator(v_viewer_id);
  v_location_id bigint := case when p_location is not null then apartado._location_id(p_location) end;
  v_search      tsquery := apartado._search_for(p_query, p_artist, p_label, p_style, p_genre, p_country, p_condition);
  v_sort        text := coalesce(p_sort, 'newest');
  v_now         timestamptz := apartado.clock();
  v_last        record;
begin
  perform apartado._check_find(p_query, p_status, p_limit);
  select * into v_last from apartado._read_item_cursor(p_after, v_sort);

  return query
  with page as materialized (
    select *
      from apartado._find_stock(
             v_sort, v_search, p_year_from, p_year_to, p_price_from, p_price_to, p_status, v_location_id,
             v_viewer_id, v_now, v_last.key, v_last.item_id, v_last.location_id, p_limit, nullif(btrim(p_parent), ''))
           with ordinality as f (stock_id, item_id, location_id, key, place)
  )
  select r.item_id, t.location, t.status, t.available, t.reserved, t.sold, t.queue_length, t.my_reservation_id, t.my_quantity,
         t.my_expires_at, t.my_position, t.in_cart, t.actions, t.version, t.server_time,
         r.sku, r.title, r.price, r.currency, r.condition, r.sleeve_condition, r.artists, r.labels, r.styles, r.genres,
         r.year, r.country, r.tracklist, r.videos, r.images, r.notes, case when v_sees_all then r.admin_notes end,
         r.visible, r.for_sale, r.needs_audio, r.policy,
         apartado._item_cursor(v_sort, p.key, p.item_id, p.location_id),
         r.parent, r.cms_id
    from page p
    join apartado._statuses(v_viewer_id, array(select stock_id from page), v_now) t on t.stock_id = p.stock_id
    join apartado._item_records(array(select distinct item_id from page)) r on r.item_id = p.item_id
   order by p.place;
end;
$$;

comment on function apartado.find_items(text, text, text, text, text, text, integer, integer, text, text, numeric, numeric, text, text, text, text, integer, text) is 'Search and browse the catalogue, with what each item is to the caller now. Example: select * from apartado.find_items(null, p_query => ''blue'', p_sort => ''price'')';

grant execute on function apartado.find_items to apartado_api, apartado_operator;
