-- _summary: the text of an order, or of a cart, in English or Spanish.
--
-- Gives   a heading, a line for each line, the total of each currency, and who it is from
create or replace function apartado._summary(p_order jsonb, p_language text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_es    boolean := p_language = 'es';
  v_lines text;
  v_total text;
begin
  select string_agg(format('%s × %s · %s', l.quantity, l.description,
                           case when l.code is not null then case when v_es then 'ahora no disponible' else 'not to be had now' end
                                when l.price is null then case when v_es then 'precio por decir' else 'price to be told' end
                                else apartado._money(l.total, l.currency, p_language)
                                     || case when l.quantity > 1 then format(' (%s × %s)', l.quantity, apartado._money(l.price, l.currency, p_language)) else '' end
                           end)
                    || case when l.undone > 0 then case when v_es then ' · devueltos: ' else ' · taken back: ' end || l.undone else '' end, E'\n' order by l.line)
    into v_lines
    from jsonb_to_recordset(p_order -> 'lines') as l (line integer, quantity integer, description text, price text, total text, currency text, undone integer,
                                                     code text);
  select string_agg(apartado._money(t.total, t.currency, p_language), ' + ' order by t.currency)
    into v_total
    from jsonb_to_recordset(p_order -> 'totals') as t (currency text, total text)
   where t.total is not null;

  return concat_ws(E'\n',
    case when p_order ? 'order_id' then case when v_es then 'Pedido ' else 'Order ' end || (p_order ->> 'order_id')
         else case when v_es then 'Mi carrito' else 'My cart' end end || ' · ' || (p_order ->> 'name'),
    v_lines,
    'Total: ' || v_total,
    case when v_es then 'De: ' else 'From: ' end || (p_order ->> 'buyer'));
end;
$$;

comment on function apartado._summary(jsonb, text) is 'The text of an order, or of a cart, in English or Spanish.';
