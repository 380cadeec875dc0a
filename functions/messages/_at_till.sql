-- _at_till: under which reason the words of a refusal stand for an operator who sells somebody else's cart.
--
-- Gives   the reason that speaks to them; p_code as it is, where there is none
create or replace function apartado._at_till(p_code text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case left(p_code, 5)
           when 'RS101' then 'RS101/till'
           when 'RS301' then 'RS301/till'
           when 'RS303' then 'RS303/till'
           when 'RS305' then 'RS305/till'
           when 'RS306' then 'RS306/till'
           when 'RS307' then 'RS307/till'
           when 'RS308' then 'RS308/till'
           when 'RS309' then 'RS309/till'
           when 'RS501' then 'RS501/till'
           when 'RS504' then 'RS504/till'
           else p_code
         end;
end;
$$;

comment on function apartado._at_till(text) is 'Under which reason the words of a refusal stand for an operator who sells somebody else''s cart.';
