-- _reason_for: under which reason the words of a refusal stand for who asked.
--
-- Gives   p_code as it is; where an operator acts for somebody else, the reason that speaks to them, if there is one
create or replace function apartado._reason_for(p_code text, p_by_operator boolean)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case when not p_by_operator then p_code
              else case left(p_code, 5)
                when 'RS101' then 'RS101/operator'
                when 'RS301' then 'RS301/operator'
                when 'RS303' then 'RS303/operator'
                when 'RS305' then 'RS305/operator'
                when 'RS306' then 'RS306/operator'
                when 'RS307' then 'RS307/operator'
                when 'RS308' then 'RS308/operator'
                when 'RS309' then 'RS309/operator'
                when 'RS501' then 'RS501/operator'
                when 'RS504' then 'RS504/operator'
                else p_code
              end
         end;
end;
$$;

comment on function apartado._reason_for(text, boolean) is 'Under which reason the words of a refusal stand for who asked.';
