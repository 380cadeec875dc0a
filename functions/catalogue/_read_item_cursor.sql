-- _read_item_cursor: where a page of find_items is to begin.
--
-- Gives   key, item_id, location_id of the row before it; nulls for the first page
-- Raises  RS205 not a cursor of find_items, or one of another order, or there is no such order
create or replace function apartado._read_item_cursor(
  p_after         text,
  p_sort          text,
  out key         text,
  out item_id     bigint,
  out location_id bigint
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_type  text := (select o.type from apartado._item_order(p_sort) o);
  v_parts jsonb;
begin
  if p_after is null then
    return;
  end if;

  begin
    v_parts := convert_from(decode(rpad(translate(p_after, '-_', '+/'), (length(p_after) + 3) / 4 * 4, '='), 'base64'), 'UTF8');
    key := v_parts ->> 1;
    item_id := v_parts ->> 2;
    location_id := v_parts ->> 3;
    case v_type
      when 'numeric' then perform key::numeric;
      when 'bigint' then perform key::bigint;
      when 'integer' then perform key::integer;
      else null;
    end case;
  exception
    -- not base64, not UTF-8, not JSON, not numbers
    when data_exception then
      item_id := null;
  end;

  if v_parts ->> 0 is distinct from p_sort or num_nulls(key, item_id, location_id) > 0 then
    perform apartado._refuse('RS205', 'after', jsonb_build_object('sort', p_sort, 'expected', 'cursor of a row, in the same sort'));
  end if;
end;
$$;

comment on function apartado._read_item_cursor(text, text) is 'Where a page of find_items is to begin.';
