-- _policy_values: what a policy says, for people to read.
--
-- Gives   an object with the values that it says, lengths of time in seconds
create or replace function apartado._policy_values(p_policy apartado.policies)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row jsonb := to_jsonb(p_policy);
begin
  return (
    select coalesce(jsonb_object_agg(f.name, case f.kind
             when 'duration' then to_jsonb(trim_scale(extract(epoch from (v_row ->> f.name)::interval)))
             else v_row -> f.name
           end), '{}')
      from apartado._policy_fields() f
     where v_row ->> f.name is not null
  );
end;
$$;

comment on function apartado._policy_values(apartado.policies) is 'What a policy says, for people to read.';
