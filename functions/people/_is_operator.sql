-- _is_operator: whether somebody who looks is an operator, and sees what is hidden.
--
-- Gives   false for members, and for nobody (null: a visitor)
create or replace function apartado._is_operator(p_viewer_id bigint)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((select m.is_operator from apartado.members m where m.member_id = p_viewer_id), false);
end;
$$;

comment on function apartado._is_operator(bigint) is 'Whether somebody who looks is an operator, and sees what is hidden.';
