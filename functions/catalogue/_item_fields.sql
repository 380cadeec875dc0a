-- _item_fields: what put_items knows about an item, one row for each field.
--
-- Gives   field · kind: text, boolean, integer, amount, texts, list · smallest, largest: of a number, of a text's
--         length, of the texts in a list · clears: whether null empties the field; where not, null is as if left out
--         place: the order in which refusals are looked for
-- Notes   the one place where a field of items gets its form; the parts of lists are in _list_fields
create or replace function apartado._item_fields()
  returns table (
    place    integer,
    field    text,
    kind     text,
    smallest numeric,
    largest  numeric,
    clears   boolean
  )
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query values
    ( 1, 'sku',              'text',    1::numeric, 200::numeric, false),
    ( 2, 'title',            'text',    1,    1000,    false),
    ( 3, 'price',            'amount',  0,    999999999999, true),
    ( 4, 'currency',         'text',    3,    3,       false),
    ( 5, 'quantity',         'integer', 0,    1000000, false),
    ( 6, 'location',         'text',    1,    64,      false),
    ( 7, 'condition',        'text',    1,    100,     true),
    ( 8, 'sleeve_condition', 'text',    1,    100,     true),
    ( 9, 'artists',          'list',    0,    1000,    true),
    (10, 'labels',           'list',    0,    1000,    true),
    (11, 'styles',           'texts',   1,    100,     true),
    (12, 'genres',           'texts',   1,    100,     true),
    (13, 'year',             'integer', 1000, 9999,    true),
    (14, 'country',          'text',    1,    100,     true),
    (15, 'tracklist',        'list',    0,    1000,    true),
    (16, 'videos',           'list',    0,    1000,    true),
    (17, 'images',           'list',    0,    1000,    true),
    (18, 'notes',            'text',    1,    10000,   true),
    (19, 'admin_notes',      'text',    1,    10000,   true),
    (20, 'visible',          'boolean', null, null,    false),
    (21, 'for_sale',         'boolean', null, null,    false),
    (22, 'needs_audio',      'boolean', null, null,    false),
    (23, 'policy',           'text',    1,    64,      false),
    (24, 'parent',           'text',    1,    255,     true),
    (25, 'cms_id',           'text',    1,    200,     true);
end;
$$;

comment on function apartado._item_fields() is 'What put_items knows about an item, one row for each field.';
