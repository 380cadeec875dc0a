select plan(4);
create function tests.said(p_facts jsonb) returns text language plpgsql as $$
declare
  v_code text;
  v_message text;
  v_detail text;
  v_hint text;
  v_column text;
begin
  perform apartado._refuse('RS301', 'quantity', p_facts);
exception
  when sqlstate 'RS301' then
    get stacked diagnostics 
      v_code = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint, v_column = column_name;
    return concat_ws(' | ', v_code, v_message, v_detail, v_hint, v_column);
end;
$$;
select is(tests.said('{"b": 2, "a": null, "c": "x"}'), 'RS301 | There are not enough units available. | a: –, b: 2, c: x | Join the queue, or ask for fewer. | quantity', 'in English');
select tests.acts('ana', 'es');
select is(tests.said('{"b": 2}'), 'RS301 | No hay suficientes unidades disponibles. | b: 2 | Únete a la cola, o pide menos. | quantity', 'in Spanish');
select matches(tests.said('{}'), 'parameter: quantity', 'without facts the detail names the parameter');
select throws_ok($$select apartado._refuse('RS999', 'x')$$, 'P0002', null, 'a code without a message is a programming error');
