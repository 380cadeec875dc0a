drop type if exists apartado.reserve_request;
