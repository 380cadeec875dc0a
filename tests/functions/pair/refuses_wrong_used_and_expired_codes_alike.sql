select plan(12);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben');
create temporary table started as select 'ana' as alias, code from apartado.start_pairing('ana');
insert into started select 'ben', c.code from apartado.start_pairing('ben') c;
create function tests.said(p_code text) returns text language plpgsql as $$
declare
  v_message text; v_detail text; v_hint text; v_column text;
begin
  perform from apartado.pair(p_code);
  return 'it worked';
exception
  when sqlstate 'RS601' then
    get stacked diagnostics v_message = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint, v_column = column_name;
    return concat_ws('|', v_message, v_detail, v_hint, v_column);
end;
$$;
select tests.refuses(format('select * from apartado.pair(%L)', c), 'RS601/code', 'code', coalesce(left(c, 20), 'none'))
  from unnest(array[null, '', ' ', '00000000', 'x', repeat('A', 100000), E'back\\slash', 'ana', '%']) c;
select from apartado.pair((select code from started where alias = 'ben'));
select tests.advance('4 minutes 59.999 seconds');
select is((select count(*) from apartado.pairing_codes c where c.expires_at > apartado.clock()), 1::bigint, 'it lives to the end');
select tests.advance('1 millisecond');
select tests.refuses(format('select * from apartado.pair(%L)', code), 'RS601/code', 'code', 'after five minutes') from started where alias = 'ana';
select is(array_agg(distinct tests.said(c)), array[tests.said('wrong')], 'and nobody can tell which was which')
  from (select code from started union all values ('00000000'), (null)) c (c);
