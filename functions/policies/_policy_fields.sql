-- _policy_fields: what a policy may say, one row for each value.
--
-- Gives   name · kind: duration, integer, boolean, word · smallest, largest: of an integer, of a duration's seconds
--         words: those that a word may be · needed: whether 'default' must say it
--         personal: whether the class of a member may say it; the others are about the queue that all share
-- Notes   the one place where a value of policies gets its form, and their order
create or replace function apartado._policy_fields()
  returns table (
    place    integer,
    name     text,
    kind     text,
    smallest numeric,
    largest  numeric,
    words    text[],
    needed   boolean,
    personal boolean
  )
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query values
    ( 1, 'hold',                'duration', 0.000001, 31622400::numeric, null::text[], true, true),
    ( 2, 'hold_cap',            'duration', 0.000001, 31622400, null,         true,  true),
    ( 3, 'extension_limit',     'integer',  0, 2147483647,      null,         true,  true),
    ( 4, 'extension_total',     'duration', 0, 31622400,        null,         true,  true),
    ( 5, 'extend_while_wanted', 'boolean',  null, null,         null,         true,  true),
    ( 6, 'payment_window',      'duration', 0.000001, 31622400, null,         true,  true),
    ( 7, 'late_confirm',        'boolean',  null, null,         null,         true,  true),
    ( 8, 'active_limit',        'integer',  1, 2147483647,      null,         true,  true),
    ( 9, 'item_limit',          'integer',  1, 2147483647,      null,         false, true),
    (10, 'drop_limit',          'integer',  1, 2147483647,      null,         false, true),
    (11, 'promotion',           'word',     null, null, '{direct,offer}'::text[],       true,  false),
    (12, 'offer_window',        'duration', 0.000001, 31622400, null,         true,  false),
    (13, 'missed',              'word',     null, null, '{drop,back,keep}'::text[],     true,  false),
    (14, 'fit',                 'word',     null, null, '{strict,fit,partial}'::text[], true,  false),
    (15, 'passed_limit',        'integer',  1, 2147483647,      null,         true,  false),
    (16, 'queue_limit',         'integer',  0, 2147483647,      null,         true,  true),
    (17, 'priority',            'integer',  -1000, 1000,        null,         true,  true),
    (18, 'low_stock',           'integer',  0, 2147483647,      null,         false, false),
    (19, 'expiring_soon',       'duration', 0, 31622400,        null,         true,  true),
    (20, 'hide_sold',           'boolean',  null, null,         null,         true,  false),
    (21, 'paranoia',            'boolean',  null, null,         null,         true,  false),
    (22, 'cart',                'word',     null, null, '{soft,hard}'::text[],         true,  true),
    (23, 'restock',             'boolean',  null, null,         null,         false, false);
end;
$$;

comment on function apartado._policy_fields() is 'What a policy may say, one row for each value.';
