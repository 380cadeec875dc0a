-- _list_fields: what the elements of an item's lists are made of.
--
-- Gives   list, part, longest · main: a bare text stands for it · needed: an element without it is refused
--         url: must be an address of the web
create or replace function apartado._list_fields()
  returns table (
    list    text,
    part    text,
    longest integer,
    main    boolean,
    needed  boolean,
    url     boolean
  )
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query values
    ('artists',   'name',     500,  true,  true,  false),
    ('labels',    'name',     500,  true,  true,  false),
    ('labels',    'catno',    200,  false, false, false),
    ('tracklist', 'position', 50,   false, false, false),
    ('tracklist', 'title',    1000, true,  false, false),
    ('tracklist', 'duration', 50,   false, false, false),
    ('videos',    'url',      2000, true,  true,  true),
    ('videos',    'title',    1000, false, false, false),
    ('images',    'url',      2000, true,  true,  true),
    ('images',    'role',     50,   false, false, false);
end;
$$;

comment on function apartado._list_fields() is 'What the elements of an item''s lists are made of.';
