-- count_items: how many rows find_items gives with these filters, on all pages together.
--
-- Gives   total, of 10,000 at most; more: whether there are more than that
-- Raises  RS104 no such location · RS204 p_query longer than 500 · RS205 no such p_status
-- Notes   a function of its own, because a page without rows could say no total, and because most pages are read without
--         one. The rows are found as find_items finds them, so both agree; no more than 10,001 are counted: milliseconds,
--         and most of a second with p_status, which is decided row by row as on a page
create or replace function apartado.count_items(
  p_member        text default null,
  p_query         text default null,
  p_artist        text default null,
  p_label         text default null,
  p_style         text default null,
  p_genre         text default null,
  p_year_from     integer default null,
  p_year_to       integer default null,
  p_country       text default null,
  p_condition     text default null,
  p_price_from    numeric default null,
  p_price_to      numeric default null,
  p_status        text default null,
  p_location      text default null,
  p_parent        text default null,
  out total       integer,
  out more        boolean,
  out server_time timestamptz
)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_most        constant integer := 10000;
  v_viewer_id   bigint := apartado._viewer_id(p_member);
  v_location_id bigint := case when p_location is not null then apartado._location_id(p_location) end;
begin
  perform apartado._check_find(p_query, p_status, 1);
  server_time := apartado.clock();

  select least(count(*), c_most), count(*) > c_most
    into total, more
    from apartado._find_stock(
           'newest', apartado._search_for(p_query, p_artist, p_label, p_style, p_genre, p_country, p_condition),
           p_year_from, p_year_to, p_price_from, p_price_to, p_status, v_location_id,
           v_viewer_id, server_time, null, null, null, c_most + 1, nullif(btrim(p_parent), ''));
end;
$$;

comment on function apartado.count_items(text, text, text, text, text, text, integer, integer, text, text, numeric, numeric, text, text, text) is 'How many rows find_items gives with these filters, on all pages together. Example: select * from apartado.count_items(null, p_query => ''blue'')';

grant execute on function apartado.count_items to apartado_api, apartado_operator;
