-- _rank_between: a rank between two others, with as few decimals as there are room for.
--
-- Gives   a rank in the middle; null when twelve decimals are not enough: then the ranks are to be spread anew
create or replace function apartado._rank_between(p_low numeric, p_high numeric)
  returns numeric
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_most constant integer := 12;
  v_scale numeric;
  v_first numeric;
  v_last  numeric;
begin
  for v_decimals in 0 .. c_most loop
    v_scale := (10::numeric ^ v_decimals)::numeric;
    v_first := floor(p_low * v_scale) + 1;
    v_last := ceil(p_high * v_scale) - 1;
    if v_first <= v_last then
      return trim_scale(round(div(v_first + v_last, 2) / v_scale, v_decimals));
    end if;
  end loop;

  return null;
end;
$$;

comment on function apartado._rank_between(numeric, numeric) is 'A rank between two others, with as few decimals as there are room for.';
