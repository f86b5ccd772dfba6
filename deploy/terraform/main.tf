# Applies the manifests of deploy/kubernetes/base. The namespace and the Secret in it are the person's (see
# docs/team.md): so no password is in a state file, and `destroy` leaves volume and secret alone.

module "manifests" {
  source = "./modules/manifests"

  namespace      = var.namespace
  secret_name    = var.secret_name
  image_tag      = var.image_tag
  storage        = var.storage
  storage_limit  = var.storage_limit
  storage_class  = var.storage_class
  memory_limit   = var.memory_limit
  address        = var.address
  sharing_key    = var.sharing_key
  allowed_ranges = var.allowed_ranges
}

resource "kubectl_manifest" "dolt" {
  for_each = module.manifests.manifests

  yaml_body = each.value
}
