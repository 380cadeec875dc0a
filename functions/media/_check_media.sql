-- _check_media: whether this can be a reference to a medium.
--
-- Raises  RS205 an asset id of more than 200 characters or with hidden ones, an address that is none of the web, names a person or is
--         longer than 2,000 characters, a type that is none, or a description of more than 2,000. What is null or empty is not looked at
create or replace function apartado._check_media(
  p_asset_id    text,
  p_url         text,
  p_type        text,
  p_description text
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._check_seen('asset_id', p_asset_id, 200);
  if p_url <> '' and (length(p_url) > 2000 or not apartado._is_web_address(p_url)) then
    perform apartado._refuse('RS205', 'url', '{"example": "https://dam.example/cover.jpg", "longest": 2000}');
  elsif length(p_type) > 100 or p_type !~ '^[a-z]+(/[a-z0-9][a-z0-9.+-]*)?$' then
    perform apartado._refuse('RS205', 'type', '{"example": "image, image/jpeg", "longest": 100}');
  elsif length(p_description) > 2000 then
    perform apartado._refuse('RS205', 'description', '{"longest": 2000}');
  end if;
end;
$$;

comment on function apartado._check_media(text, text, text, text) is 'Whether this can be a reference to a medium.';
