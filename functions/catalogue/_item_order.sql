-- _item_order: the orders of find_items.
--
-- Gives   key: the expression, as the index in migrations/0006.records.sql has it · type of its values · falling
-- Raises  RS205 another word
-- Notes   what has no price or year comes last both ways
create or replace function apartado._item_order(
  p_sort      text,
  out key     text,
  out type    text,
  out falling boolean
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  falling := p_sort like '-%' or p_sort = 'newest';
  case p_sort
    when 'newest', 'oldest' then
      key := 'i.item_id';
      type := 'bigint';
    when 'title', '-title' then
      key := 'left(lower(normalize(i.title, NFKD)), 200) collate "C"';
      type := 'text';
    when 'price' then
      key := 'coalesce(i.price, ''Infinity'')';
      type := 'numeric';
    when '-price' then
      key := 'coalesce(i.price, -1)';
      type := 'numeric';
    when 'year' then
      key := 'coalesce(i.year, 10000)';
      type := 'integer';
    when '-year' then
      key := 'coalesce(i.year, 0)';
      type := 'integer';
    else
      perform apartado._refuse('RS205', 'sort', jsonb_build_object(
        'sort', p_sort, 'expected', 'newest, oldest, title, -title, price, -price, year, -year'));
  end case;
end;
$$;

comment on function apartado._item_order(text) is 'The orders of find_items.';
