select plan(5);
create temporary table codes as
  select unnest('{RS101,RS102,RS103,RS104,RS105,RS106,RS107,RS108,RS109,RS201,RS202,RS203,RS204,RS205,RS301,RS302,RS303,RS304,RS305,RS306,RS307,RS308,RS309,RS310,RS311,RS312,'
                'RS401,RS402,RS403,RS404,RS501,RS502,RS503,RS504,RS505,RS601,RS602,RS603,RS604}'::text[]) as code;
select results_eq($$select code, language from apartado.list_messages() where code !~ '/'$$, $$select code, language from codes, unnest('{en,es}'::text[]) language order by 1, 2$$, 'code and language: the contract''s, and no other');
select is_empty($$select code from apartado.list_messages() where left(code, 5) not in (select code from codes) or code !~ '^RS[0-9]{3}(/[a-z_]+)?$' group by code union all select code from apartado.list_messages() group by code having count(*) <> 2$$, 'reasons behind a slash: of the contract''s codes, in both languages');
select is_empty($$select from apartado.list_messages() where message !~ '^[[:upper:]].*[.]$' or hint !~ '^[[:upper:]].*[.]$'$$, 'message and hint: sentences');
select is_empty($$select from apartado.list_messages() e join apartado.list_messages() s using (code) where e.language = 'en' and s.language = 'es' and (e.message = s.message or e.hint = s.hint)$$, 'said in two languages');
select is_empty($$
  select c.code from pg_proc p cross join regexp_matches(p.prosrc, '''(RS[0-9]{3})''', 'g') m (code) cross join lateral (select m.code[1]) c (code)
   where p.pronamespace = 'apartado'::regnamespace and c.code not in (select code from codes)
   and c.code <> 'RS000' -- all of them, to an exception handler
$$, 'and no function uses another');
